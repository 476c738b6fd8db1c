/** What the panels of Finance, Succès client and Automatisations et modèles read (docs/decisions/127). */
import './automation.ts';
import './campaigns.ts';
import './cash.ts';
import './churn.ts';
import './models.ts';
import './receivables.ts';
import './recurring.ts';
import './retention.ts';
