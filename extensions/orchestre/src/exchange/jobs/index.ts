import './check.ts';
import './write.ts';
import './undo.ts';
import './tell.ts';
