"""From our page (points, origin top left, y down, as shown unrotated) to the user space of a PDF and back. Pure."""

from dataclasses import dataclass

from annotations.exports.marks import Point, Rect


@dataclass(frozen=True, slots=True)
class PageSpace:
    """The visible part of one page (CropBox inside MediaBox) in its user space."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Return how wide the unrotated page is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high the unrotated page is."""
        return self.top - self.bottom

    def point(self, x: float, y: float) -> Point:
        """Return a point of ours in user space."""
        return (self.left + x, self.top - y)

    def back(self, x: float, y: float) -> Point:
        """Return a point of user space as one of ours."""
        return (x - self.left, self.top - y)

    def box(self, rect: Rect) -> Rect:
        """Return a rectangle of ours by its corners in user space: left, bottom, right, top."""
        x, y, w, h = rect
        return (self.left + x, self.top - y - h, self.left + x + w, self.top - y)

    def rect(self, box: Rect) -> Rect:
        """Return corners in user space as a rectangle of ours."""
        left, bottom, right, top = box
        return (left - self.left, self.top - top, right - left, top - bottom)

    def quad(self, rect: Rect) -> list[float]:
        """Return a line of text as the eight numbers of QuadPoints, in the order every program reads: tl tr bl br."""
        left, bottom, right, top = self.box(rect)
        return [left, top, right, top, left, bottom, right, bottom]

    def unquad(self, numbers: list[float]) -> Rect:
        """Return eight numbers of QuadPoints as a rectangle of ours."""
        xs, ys = numbers[0::2], numbers[1::2]
        return self.rect((min(xs), min(ys), max(xs), max(ys)))


def visible_part(media: Rect, crop: Rect) -> PageSpace:
    """Return the space of a page with these boxes; a CropBox that misses the page counts as none."""
    media, crop = upright(media), upright(crop)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return PageSpace(left, bottom, right, top) if left < right and bottom < top else PageSpace(*media)


def upright(box: Rect) -> Rect:
    """Return the corners of a box sorted: some files name them the other way round."""
    x1, y1, x2, y2 = box
    return (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
