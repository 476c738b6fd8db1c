# The product on Directus's own image. First `npm run build`: it installs the dependencies and builds the bundle.
ARG DIRECTUS_IMAGE=directus/directus:11.17.4
FROM ${DIRECTUS_IMAGE}

# Shared with nginx: an instance that must get no more requests leaves a file there.
USER root
RUN mkdir -p /run/orchestre /run/backups /directus/data && chown node:node /run/orchestre /run/backups /directus/data && chmod 700 /run/backups
USER node

# What the scripts import and Directus does not bring. All are plain JavaScript without dependencies.
COPY --chown=node:node node_modules/@directus/sdk /directus/packages/@directus/sdk
COPY --chown=node:node node_modules/libphonenumber-js /directus/packages/libphonenumber-js
COPY --chown=node:node node_modules/yaml /directus/packages/yaml
COPY --chown=node:node scripts/cluster/instance/link-packages.mjs /directus/scripts/cluster/instance/
RUN node scripts/cluster/instance/link-packages.mjs

COPY --chown=node:node schema-snapshots /directus/schema-snapshots
COPY --chown=node:node seeds /directus/seeds
COPY --chown=node:node scripts /directus/scripts
COPY --chown=node:node extensions /directus/extensions

ENV NODE_OPTIONS="--disable-warning=ExperimentalWarning"
EXPOSE 8055
HEALTHCHECK --interval=10s --timeout=5s --start-period=300s --retries=3 CMD ["node", "scripts/cluster/instance/health.mjs"]
# Not under pm2, as the base image does: one process fewer between Docker's signal and Directus.
CMD ["node", "--experimental-strip-types", "scripts/cluster/instance/run.ts"]
