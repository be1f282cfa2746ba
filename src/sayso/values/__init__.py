"""What values can do: numbers and their bounds, dates and their precision.

- `numerals`: numbers as written, in digits of several grouping styles and in words
- `amounts`: numbers with what bounds or blurs them ("more than 20", "between 2,500 and 4,000")
- `dates`: dates, intervals and open ends in EDTF, levels 0 and 1

A value knows no document, no language model and no word list of a step.
"""
