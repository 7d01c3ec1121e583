"""Base templates, design tokens, components, import map, service worker."""
