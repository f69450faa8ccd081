import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { port } from './settings.js';

class HelloController {
  hello() {
    return 'Hello';
  }
}
const descriptor = Object.getOwnPropertyDescriptor(HelloController.prototype, 'hello') ?? {};
Get()(HelloController.prototype, 'hello', descriptor);
Controller()(HelloController);

class HelloModule {}
Module({ controllers: [HelloController] })(HelloModule);

const app = await NestFactory.create(HelloModule);
await app.listen(port, '127.0.0.1');
