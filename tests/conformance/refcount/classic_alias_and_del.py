import sys
my_list = [1, 2, 3]
print(sys.getrefcount(my_list))
your_list = my_list
print(sys.getrefcount(my_list))
del my_list
print(sys.getrefcount(your_list))
