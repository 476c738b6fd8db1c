import './act.ts';
import './check.ts';
import './closed.ts';
import './events.ts';
