"""Ways out, one module each, behind one small interface (`outlet`)."""
