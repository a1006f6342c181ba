x = 5
whille x > 3:
    x -= 1
