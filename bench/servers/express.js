import { clerkMiddleware } from '@clerk/express';
import express from 'express';
import { addPages, useViews } from './express-pages.js';
import { port } from './settings.js';

// Clerk's quick start for Express, with pages by express-handlebars.
const app = express();
useViews(app);
app.use(clerkMiddleware());
addPages(app);
app.listen(port, '127.0.0.1');
