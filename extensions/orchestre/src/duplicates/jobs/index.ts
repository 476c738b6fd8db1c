import './check.ts';
import './recheck.ts';
