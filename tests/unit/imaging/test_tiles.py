import numpy as np
import pytest

from breakhis_desktop.imaging.tiles import merge_maps, tile_boxes

TILE = (700, 460)


@pytest.mark.parametrize("size", [(700, 460), (701, 460), (1400, 920), (2000, 1500), (300, 2000), (5000, 200)])
def test_tiles_cover_a_field_and_do_not_extend_beyond_it(size: tuple[int, int]) -> None:
    covered = np.zeros(size[::-1], bool)
    for left, top, right, bottom in tile_boxes(size, TILE):
        assert (right - left, bottom - top) == (min(size[0], 700), min(size[1], 460))
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]
        covered[top:bottom, left:right] = True
    assert covered.all()


def test_a_field_of_the_size_of_a_tile_is_one_tile() -> None:
    assert tile_boxes(TILE, TILE) == [(0, 0, 700, 460)]


def test_a_field_of_twice_the_width_and_height_of_a_tile_is_cut_into_four_tiles_row_by_row() -> None:
    assert tile_boxes((1400, 920), TILE) == [(0, 0, 700, 460), (700, 0, 1400, 460), (0, 460, 700, 920), (700, 460, 1400, 920)]


def test_the_heat_map_of_each_tile_is_placed_where_the_tile_is() -> None:
    boxes = tile_boxes((1400, 460), TILE)
    merged = merge_maps([np.full((2, 7, 7), value, np.float32) for value in (1, 3)], boxes, (1400, 460))
    assert merged.shape == (2, 7, 14)
    assert (merged[:, :, :7] == 1).all()
    assert (merged[:, :, 7:] == 3).all()


def test_the_heat_maps_of_overlapping_tiles_are_averaged() -> None:
    boxes = tile_boxes((1050, 460), TILE)
    merged = merge_maps([np.full((1, 7, 7), value, np.float32) for value in (1, 3)], boxes, (1050, 460))
    assert sorted(set(merged.ravel())) == [1, 2, 3]


def test_the_heat_map_is_zero_where_a_tile_was_left_out() -> None:
    boxes = tile_boxes((1400, 460), TILE)
    merged = merge_maps([np.ones((1, 7, 7), np.float32)], boxes[1:], (1400, 460))
    assert (merged[0, :, :7] == 0).all()
    assert (merged[0, :, 7:] == 1).all()


def test_the_heat_map_of_a_whole_image_is_left_unchanged() -> None:
    one = np.random.default_rng(0).random((2, 7, 7)).astype(np.float32)
    np.testing.assert_array_equal(merge_maps([one], [(0, 0, 333, 217)], (333, 217)), one)
