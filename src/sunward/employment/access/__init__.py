"""Who may see and change what Leye Space keeps."""
