import { Module } from '@nestjs/common';
import { SignInController } from './sign-in.controller.js';

/** The pages on which people sign in and sign up. */
@Module({ controllers: [SignInController] })
export class SignInModule {}
