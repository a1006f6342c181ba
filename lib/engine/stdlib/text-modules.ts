/** The C modules for text, numbers and bytes. */
import type { NativeModule } from '../modules/define';
import { sreModule } from './sre/index';

export const textModules: readonly NativeModule[] = [sreModule];
