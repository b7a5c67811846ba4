from breakhis_desktop.domain.card_parts import LargeFields
from breakhis_desktop.pipeline.plan_tiles import plan_tiles
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

RULE = LargeFields((700, 460), 0.25)


def test_a_field_of_about_the_size_used_in_training_is_not_tiled() -> None:
    for size in ((700, 460), (752, 582), (224, 224), (1050, 690), (350, 230), (700, 230)):
        layout = plan_tiles(size, None, RULE)
        assert (layout.boxes, layout.review_flags) == (((0, 0, *size),), ())


def test_a_larger_field_with_a_declared_magnification_is_tiled() -> None:
    layout = plan_tiles((2100, 1380), 100, RULE)
    assert (len(layout.boxes), layout.review_flags) == (9, ())


def test_a_larger_or_narrower_field_of_unknown_scale_is_not_tiled_but_flagged() -> None:
    for size in ((2100, 1380), (700, 150), (1080, 690), (700, 215)):
        layout = plan_tiles(size, None, RULE)
        assert layout.boxes == ((0, 0, *size),)
        assert layout.review_flags == (Message.of(ImageCode.UNKNOWN_SCALE, width=700, height=460),)


def test_a_field_may_have_64_tiles_and_no_more() -> None:
    assert len(plan_tiles((8 * 700, 8 * 460), 100, RULE).boxes) == 64
    layout = plan_tiles((13 * 700, 5 * 460), 100, RULE)
    assert (layout.boxes, layout.refusal) == ((), Message.of(ImageCode.TOO_MANY_TILES, count=65))


def test_a_narrow_field_with_a_declared_magnification_is_flagged_for_its_shape() -> None:
    assert plan_tiles((2000, 200), 100, RULE).review_flags == (Message.of(ImageCode.OTHER_SHAPE, width=700, height=200),)


def test_models_without_a_rule_for_larger_fields_get_each_field_as_a_whole() -> None:
    assert plan_tiles((2100, 1380), 100, None).boxes == ((0, 0, 2100, 1380),)
