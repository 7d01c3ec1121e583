"""How much an upload may be, and how much its inspection may cost."""

from dataclasses import dataclass, field

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one worker process may use before it is killed."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
    file_bytes: int = 512 * MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one upload; the defaults are those of the design."""

    max_bytes: int = 100 * MIB
    max_pages: int = 2000
    max_image_pixels: int = 120_000_000
    max_page_characters: int = 200_000
    max_text_characters: int = 20_000_000
    max_archive_entries: int = 10_000
    max_archive_bytes: int = 1024 * MIB
    page_seconds: float = 45
    inspection: Allowance = field(default=Allowance(memory_bytes=2048 * MIB, cpu_seconds=90, wall_seconds=120))
    conversion: Allowance = field(default=Allowance(memory_bytes=6144 * MIB, cpu_seconds=120, wall_seconds=120))
    previews: Allowance = field(default=Allowance(memory_bytes=1536 * MIB, cpu_seconds=900, wall_seconds=900))


LIMITS = Limits()
