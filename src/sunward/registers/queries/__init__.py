"""What the workbench's pages show, as frozen dataclasses."""
