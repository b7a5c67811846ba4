from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS, SUBTYPE_BY_CODE, SUBTYPE_CODES, SUBTYPES


def test_the_subtypes_are_in_the_order_that_models_and_tables_use() -> None:
    assert [(one.code, one.name, str(one.decision)) for one in SUBTYPES] == [
        ("A", "Adenosis", "benign"),
        ("F", "Fibroadenoma", "benign"),
        ("PT", "Phyllodes tumour", "benign"),
        ("TA", "Tubular adenoma", "benign"),
        ("DC", "Ductal carcinoma", "malignant"),
        ("LC", "Lobular carcinoma", "malignant"),
        ("MC", "Mucinous carcinoma", "malignant"),
        ("PC", "Papillary carcinoma", "malignant"),
    ]
    assert SUBTYPE_CODES == ("A", "F", "PT", "TA", "DC", "LC", "MC", "PC")
    assert [SUBTYPE_BY_CODE[code] for code in SUBTYPE_CODES] == list(SUBTYPES)


def test_the_magnifications_are_those_of_the_data_set() -> None:
    assert MAGNIFICATIONS == (40, 100, 200, 400)
