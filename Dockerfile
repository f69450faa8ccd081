# node:24-alpine, Node.js 24.19.0. Dependabot proposes newer digests.
FROM node:24-alpine@sha256:d32cdf619f63fe0471182d08996dd516c6275bb5fd31ae06e55a570bd9e1ad43 AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY nest-cli.json tsconfig.json ./
# The Nest CLI opens the list of its generators, whatever it is told to do.
COPY tools/schematics/collection.json ./tools/schematics/
COPY src ./src
# The local Clerk is for development: the image has neither it nor the packages that only it needs.
RUN npm run build && rm -r dist/local-clerk && npm ci --omit=dev

FROM node:24-alpine@sha256:d32cdf619f63fe0471182d08996dd516c6275bb5fd31ae06e55a570bd9e1ad43
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY public ./public
COPY views ./views
# The user that the base image brings, by number so that an orchestrator can see that it is not root.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "--input-type=module", "--eval", "import { get } from 'node:http'; get({ port: process.env.PORT, path: '/health/live', headers: { host: new URL(process.env.APP_URL).host } }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
# Node itself, so that SIGTERM reaches it. Nothing is written to disk: run it with a read-only root.
CMD ["node", "dist/main.js"]
