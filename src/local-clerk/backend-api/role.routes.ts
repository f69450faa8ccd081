import { Router } from 'express';
import { notFound } from '../http/api.error.js';
import { parameter, segment } from '../http/form.js';
import { page } from '../http/page.js';
import { sendJson } from '../http/send-json.js';
import { permissions } from '../permissions.js';
import { permissionResource, roleResource } from '../resources/role.resource.js';
import { roles } from '../roles.js';

const catalogues = [
  { path: '/organization_roles', thing: 'role', items: roles.map(roleResource) },
  { path: '/organization_permissions', thing: 'permission', items: permissions.map(permissionResource) },
];

/** `organizationRoles` and `organizationPermissions`, to be read: they are changed in `roles.ts` and `permissions.ts`. */
export function backendRoleRoutes(): Router {
  const router = Router();

  for (const { path, thing, items } of catalogues) {
    router.get(path, (request, response) => {
      const query = (parameter(request, 'query') ?? '').toLowerCase();
      const found = items.filter(
        ({ id, key, name }) => id === query || key.includes(query) || name.toLowerCase().includes(query),
      );
      sendJson(response, page(request, found));
    });

    router.get(`${path}/:id`, (request, response) => {
      const item = items.find(({ id }) => id === segment(request, 'id'));
      if (!item) throw notFound(thing);
      sendJson(response, item);
    });
  }

  return router;
}
