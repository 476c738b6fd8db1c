import './predict.ts';
import './retain.ts';
