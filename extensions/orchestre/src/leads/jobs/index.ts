import './announce.ts';
import './decay.ts';
import './escalate.ts';
import './flag-duplicates.ts';
import './grade-changed.ts';
