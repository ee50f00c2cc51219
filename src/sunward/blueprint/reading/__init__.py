"""What papers of a meeting say, read without a database: minutes in Word, and the workbook that breaks work down."""
