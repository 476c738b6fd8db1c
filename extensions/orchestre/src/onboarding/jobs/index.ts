import '../branches/index.ts';
import './advance.ts';
import './late.ts';
import './start.ts';
import './survey.ts';
