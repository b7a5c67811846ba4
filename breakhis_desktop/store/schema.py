"""The tables, as migration steps from an empty file to the newest version."""

_PROBABILITIES = ", ".join(f"p_{code} REAL" for code in ("A", "F", "PT", "TA", "DC", "LC", "MC", "PC"))

MIGRATIONS = (
    f"""
    CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        started TEXT NOT NULL,
        roots TEXT NOT NULL,
        model_name TEXT NOT NULL,
        model_id TEXT NOT NULL,
        file_hashes TEXT NOT NULL,
        operating_point TEXT NOT NULL,
        review_margin REAL NOT NULL,
        program_version TEXT NOT NULL,
        gate INTEGER NOT NULL
    );
    CREATE TABLE image (
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        path BLOB NOT NULL,
        status TEXT,
        reason TEXT NOT NULL DEFAULT '',
        sha256 TEXT NOT NULL DEFAULT '',
        width INTEGER,
        height INTEGER,
        p_malignant REAL,
        {_PROBABILITIES},
        gate_override TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (run_id, position)
    ) WITHOUT ROWID;
    CREATE TABLE thumbnail (
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        jpeg BLOB NOT NULL,
        PRIMARY KEY (run_id, position)
    );
    """,
    """
    ALTER TABLE image ADD COLUMN distance REAL;
    ALTER TABLE image ADD COLUMN tiles INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE image ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]';
    CREATE TABLE heat_map (
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        height INTEGER NOT NULL,
        width INTEGER NOT NULL,
        maps BLOB NOT NULL,
        PRIMARY KEY (run_id, position)
    );
    """,
    """
    ALTER TABLE run ADD COLUMN root_inodes TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE run ADD COLUMN identity_rule TEXT NOT NULL DEFAULT '';
    ALTER TABLE image ADD COLUMN engine TEXT NOT NULL DEFAULT '';
    ALTER TABLE image ADD COLUMN reused_from INTEGER;
    CREATE INDEX image_by_content ON image (sha256) WHERE width IS NOT NULL AND reused_from IS NULL;
    ALTER TABLE image ADD COLUMN patient_id TEXT;
    ALTER TABLE image ADD COLUMN magnification INTEGER;
    CREATE TABLE review (
        id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL REFERENCES run (id),
        position INTEGER NOT NULL,
        made TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        action TEXT NOT NULL,
        decision TEXT,
        subtype TEXT,
        reason TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX review_of_image ON review (run_id, position);
    CREATE TRIGGER review_is_never_changed BEFORE UPDATE ON review
    BEGIN SELECT RAISE(ABORT, 'the history of reviews only grows'); END;
    CREATE TRIGGER review_is_never_deleted BEFORE DELETE ON review
    BEGIN SELECT RAISE(ABORT, 'the history of reviews only grows'); END;
    CREATE TRIGGER review_is_never_replaced BEFORE INSERT ON review WHEN EXISTS (SELECT 1 FROM review WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the history of reviews only grows'); END;
    CREATE TABLE job (
        id INTEGER PRIMARY KEY,
        place INTEGER NOT NULL,
        roots TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        gate INTEGER NOT NULL DEFAULT 1,
        identity_rule TEXT NOT NULL DEFAULT '',
        stage TEXT NOT NULL,
        run_id INTEGER REFERENCES run (id) ON DELETE SET NULL
    );
    """,
    # Sentences become messages; the sentences that earlier versions stored are kept as text, and can no longer be translated.
    """
    UPDATE image SET reason = json_object('code', 'TEXT', 'values', json_object('text', reason)) WHERE reason <> '';
    UPDATE image SET gate_override = json_object('code', 'TEXT', 'values', json_object('text', gate_override)) WHERE gate_override <> '';
    UPDATE image SET doubts = (
        SELECT json_group_array(json_object('code', 'TEXT', 'values', json_object('text', value))) FROM json_each(image.doubts)
    ) WHERE doubts <> '[]' AND json_valid(doubts);
    """,
    # A job's rule can change after its images were analysed; results that were computed at another magnification are not reused.
    """
    ALTER TABLE image ADD COLUMN analysed_magnification INTEGER;
    UPDATE image SET analysed_magnification = magnification;
    """,
    # The margin for review can be applied at any threshold if the threshold at which it was found is known.
    # A finished image that waits to be analysed again keeps its earlier status and reason until the new result is written.
    # A queued job without a rule was meant to read official names; it says so from now on, so that no guess replaces them.
    """
    ALTER TABLE run ADD COLUMN review_found_at REAL;
    ALTER TABLE image ADD COLUMN kept_status TEXT;
    ALTER TABLE image ADD COLUMN kept_reason TEXT NOT NULL DEFAULT '';
    UPDATE job SET identity_rule = 'official' WHERE identity_rule = '' AND run_id IS NULL;
    """,
)
