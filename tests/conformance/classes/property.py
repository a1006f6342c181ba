class Celsius:
    def __init__(self, degrees):
        self._degrees = degrees
    @property
    def degrees(self):
        "in C"
        return self._degrees
    @degrees.setter
    def degrees(self, value):
        if value < -273:
            raise ValueError('too cold')
        self._degrees = value
    @degrees.deleter
    def degrees(self):
        print('deleted')
    @property
    def fahrenheit(self):
        return self._degrees * 9 / 5 + 32
c = Celsius(100)
c.degrees = 20
print(c.degrees, c.fahrenheit)
del c.degrees
for action in lambda: setattr(c, 'degrees', -300), lambda: setattr(c, 'fahrenheit', 1), lambda: delattr(c, 'fahrenheit'):
    try:
        action()
    except (ValueError, AttributeError) as error:
        print(error)
