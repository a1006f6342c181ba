/** The number types, in the order that makes bases come first. */
import type { TypeSpec } from '../heap/object';
import { boolSpec } from './bool';
import { complexSpec } from './complex';
import { floatSpec } from './float-type';
import { intSpec } from './int-type';

export const numberSpecs: TypeSpec[] = [intSpec, boolSpec, floatSpec, complexSpec];
