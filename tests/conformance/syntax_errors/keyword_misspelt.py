def total(numbers):
    result = 0
    form operator import add
