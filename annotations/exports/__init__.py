"""Notes leaving the house: as real annotations in a copy of the PDF, as W3C Web Annotations, as XFDF. Pure."""
