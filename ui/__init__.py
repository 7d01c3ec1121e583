"""Base templates, design tokens, components, navigation, import map."""
