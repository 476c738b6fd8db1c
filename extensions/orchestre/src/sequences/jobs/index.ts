import './run.ts';
import './start.ts';
import './step.ts';
