import gc
for argument in 3, -1:
    try:
        gc.collect(argument)
    except ValueError as error:
        print(error)
try:
    gc.collect('x')
except TypeError as error:
    print(error)
print(gc.collect(generation=0) >= 0)
