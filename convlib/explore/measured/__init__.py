"""What `make bench` measured, and where: the numbers behind every drawing of a speed."""

from convlib.explore.measured.tables import (
    multiply_adds,
    read_machine,
    read_rewritings,
    read_table,
)

__all__ = ["multiply_adds", "read_machine", "read_rewritings", "read_table"]
