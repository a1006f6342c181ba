x = 'text'
total = 1 + (x * 2) + 3
