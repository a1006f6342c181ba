raise ExceptionGroup('two problems', [ValueError('first'), TypeError('second')])
