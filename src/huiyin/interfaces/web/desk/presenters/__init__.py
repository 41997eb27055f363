"""What the pages of the desk show, made from rows: frozen values, words in the reader's language."""
