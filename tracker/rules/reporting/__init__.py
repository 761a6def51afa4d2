"""The year in numbers and words: summary, report, its workbook, the page, other people's tables."""
