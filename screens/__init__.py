"""Room screens without controls, paired with a meeting by a code, showing what everybody may see."""
