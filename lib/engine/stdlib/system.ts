/** The modules that stand for the system under Python: files, codecs, the one thread, what `importlib` asks for. */
import type { NativeModule } from '../modules/define';
import { mathModule } from '../modules/math';
import { atexitModule } from './atexit';
import { codecsModule } from './codecs/index';
import { contextvarsModule } from './_contextvars';
import { errnoModule } from './errno';
import { faulthandlerModule } from './faulthandler';
import { impModule } from './_imp';
import { ioModule } from './io/index';
import { localeModule } from './_locale';
import { marshalModule } from './marshal';
import { posixModule } from './posix/index';
import { signalModule } from './_signal';
import { threadModule } from './_thread';
import { sysconfigDataModules } from './_sysconfigdata';
import { timeModule } from './time';
import { warningsModule } from './_warnings';

export const systemModules: readonly NativeModule[] = [
  atexitModule,
  codecsModule,
  contextvarsModule,
  errnoModule,
  faulthandlerModule,
  impModule,
  ioModule,
  localeModule,
  marshalModule,
  mathModule,
  posixModule,
  signalModule,
  threadModule,
  timeModule,
  warningsModule,
  ...sysconfigDataModules,
];
