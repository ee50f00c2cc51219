"""Reading and writing workbooks: xlsx, xls, ods and delimited text, as sheets of rows of cells."""
