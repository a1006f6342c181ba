my_list = [1, 2, 3]
your_list = my_list
del my_list
