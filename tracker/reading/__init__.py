"""Reading what an office wrote: from sheets and paragraphs to work points. Pure; opens no files."""
