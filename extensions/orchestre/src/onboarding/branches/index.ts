import './billing.ts';
import './contract.ts';
import './slack.ts';
import './welcome.ts';
