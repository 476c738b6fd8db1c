import './refresh.ts';
import './train.ts';
