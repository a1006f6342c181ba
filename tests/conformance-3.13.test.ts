import { describeProfile } from './conformance/laws';

describeProfile('3.13');
