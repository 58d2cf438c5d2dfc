"""What helps a person at the desk: new files, one record shown, words found, ids renamed, what is missing here."""
