import { measureIn } from './measure/measure-in.ts';

measureIn('ru');
