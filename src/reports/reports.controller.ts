import { Controller, Get, Header, Render } from '@nestjs/common';
import {
  CurrentUser,
  ForbidImpersonation,
  LoadUser,
  RequireFeature,
  RequirePermission,
  RequireReverification,
  type LoadedUser,
} from '../auth/index.js';
import { chartOf, totalOf } from './chart.js';
import { Traffic, type Minute } from './traffic.js';

/** The example of pages that not everybody may see: how much the application is used. */
@RequireFeature('reports')
@Controller('reports')
export class ReportsController {
  constructor(private readonly traffic: Traffic) {}

  @Get()
  @Render('reports/reports')
  show(@CurrentUser(LoadUser) reader: LoadedUser | null) {
    const minutes = this.traffic.lastMinutes();
    return {
      title: 'Reports',
      reader: reader?.primaryEmailAddress?.emailAddress ?? null,
      from: minutes[0]?.at,
      total: minutes.reduce((sum, minute) => sum + totalOf(minute), 0),
      refused: minutes.reduce((sum, { refused }) => sum + refused, 0),
      failed: minutes.reduce((sum, { failed }) => sum + failed, 0),
      chart: chartOf(minutes),
    };
  }

  /** Data that leaves the house: by those who may, who have just proven that it is them, and whose plan is still there. */
  @RequireFeature('reports', { fresh: true })
  @RequirePermission('org:reports:export')
  @RequireReverification('strict')
  @ForbidImpersonation()
  @Get('export')
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @Header('Content-Disposition', 'attachment; filename="requests.csv"')
  export(): string {
    const rows = this.traffic.lastMinutes().map(toRow);
    return ['minute,answered,refused,failed', ...rows].map((row) => `${row}\r\n`).join('');
  }
}

function toRow({ at, answered, refused, failed }: Minute): string {
  return [at.toISOString(), answered, refused, failed].join(',');
}
